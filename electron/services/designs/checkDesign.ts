/** `check`: what a design file would be as a network, and everything that is wrong with it. */
import { dirname, resolve } from 'node:path';
import { compile } from '../../../shared/compile';
import type { Design } from '../../../shared/design/schema';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import { formatType } from '../../../shared/ir/tensorType';
import { library } from '../../../shared/library';
import type { Diagnostic } from '../../../shared/messages';
import type { Repair, Severity } from '../../../shared/messages/define';
import { assetsFolder } from '../data/assetsFolder';
import { dataInfo } from '../data/dataInfo';
import { FileProblem } from '../../files/fileProblem';
import { ServiceProblem } from '../serviceProblem';
import type { Setting } from '../../../shared/design/settings';
import { applySettings } from './applySettings';
import { openDesign } from './openDesign';

/** One line of the layer table; a repeated block's layers stand once for each pass. `output` is "batch×8×8×32". */
export interface LayerRow {
  id: string;
  layer: string;
  output: string;
  trainable: number;
  nonTrainable: number;
  /** Multiply-accumulates of the forward pass of one sample. */
  macs: number;
}

export interface DiagnosticRow {
  code: string;
  severity: Severity;
  node: string | null;
  param: string | null;
  message: string;
  repairs: Repair[];
}

/** The object that `check --json` prints. `layers` is as far as the design could be compiled. */
export interface CheckReport {
  ok: boolean;
  diagnostics: DiagnosticRow[];
  layers: LayerRow[];
  total: { trainable: number; nonTrainable: number; macs: number };
}

export interface CheckOptions {
  home: string;
  settings?: readonly Setting[];
}

/**
 * Reads, sets, compiles. The data are looked at as far as they are known without a download: bundled, generated and
 * prepared ones. Whatever is wrong inside the file is a diagnostic; throws `FileProblem` only where it cannot be read,
 * `ServiceProblem` setting-invalid for a wrong setting.
 */
export async function checkDesign(file: string, { home, settings = [] }: CheckOptions): Promise<CheckReport> {
  let design: Design;
  try {
    design = applySettings(openDesign(file), settings);
  } catch (error) {
    if (error instanceof ServiceProblem && error.diagnostics.length > 0) return brokenReport(error.diagnostics);
    throw error;
  }
  const data = await knownData(design, file, home);
  const { diagnostics, layers, totals } = compile(design, library, data ? { data } : {});
  return {
    ok: diagnostics.every(({ severity }) => severity !== 'error'),
    diagnostics: diagnostics.map(diagnosticRow),
    layers: layers.map(({ id, layer, outputs, trainable, nonTrainable, macs }) => {
      const output = outputs === null ? '?' : Object.values(outputs).map(formatType).join(', ');
      return { id, layer, output, trainable, nonTrainable, macs };
    }),
    total: { ...totals },
  };
}

/** Null where it is not known; what is wrong with the configuration is found by the passes. */
async function knownData(design: Design, file: string, home: string): Promise<DataInfo | null> {
  if (!design.data) return null;
  const places = { home, folder: dirname(resolve(file)), assets: assetsFolder(), mirror: null };
  try {
    return await dataInfo(design.data, places);
  } catch (error) {
    if (error instanceof FileProblem) return null;
    throw error;
  }
}

function brokenReport(diagnostics: readonly Diagnostic[]): CheckReport {
  const total = { trainable: 0, nonTrainable: 0, macs: 0 };
  return { ok: false, diagnostics: diagnostics.map(diagnosticRow), layers: [], total };
}

export function diagnosticRow(diagnostic: Diagnostic): DiagnosticRow {
  const { code, severity, node, param, message, repairs } = diagnostic;
  return { code, severity, node, param, message, repairs };
}
