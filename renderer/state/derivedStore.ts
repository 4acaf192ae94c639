/** What follows from the drawing: compiled on every edit, memoised, so that shapes and errors are always true. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { compile, type Compiled } from '../../shared/compile';
import type { Design } from '../../shared/design/schema';
import type { DataInfo } from '../../shared/ir/dataSetDefinition';
import { library } from '../../shared/library';
import type { Diagnostic } from '../../shared/messages';
import type { LayerRow } from '../../shared/passes/listLayers';
import { createMemo } from '../../shared/passes/memo';
import type { DocumentStore } from './documentStore';

export interface DerivedState {
  compiled: Compiled;
  /** By the path of ids; a node of the drawing has its id. */
  layers: ReadonlyMap<string, LayerRow>;
  /** By the id of the node in the drawing; problems inside a block are at the node that calls it. */
  problems: ReadonlyMap<string, readonly Diagnostic[]>;
  errors: number;
  warnings: number;
}

export interface DerivedActions {
  /** What preparing the data has found; null: not known. */
  setData: (data: DataInfo | null) => void;
  /** Compiles at once what waits for the next frame. */
  flush: () => void;
}

export type DerivedStore = StoreApi<DerivedState & DerivedActions>;

/** About a frame. A timer, because a window that is not seen is given no frames. */
const frameMilliseconds = 16;

/** Calls `work` after a while. */
export type Delay = (work: () => void) => void;

/** The first edit is compiled at once; of those that follow within a frame only where they have led to. */
export function createDerivedStore(
  document: DocumentStore,
  delay: Delay = (work) => void setTimeout(work, frameMilliseconds),
): DerivedStore {
  const memo = createMemo();
  let data: DataInfo | null = null;
  const derive = (design: Design): DerivedState =>
    derivedFrom(compile(design, library, data ? { memo, data } : { memo }));
  let waiting = false;
  let stale = false;
  const compileNow = (): void => {
    stale = false;
    store.setState(derive(document.getState().design));
  };
  const compileSoon = (): void => {
    if (waiting) {
      stale = true;
      return;
    }
    compileNow();
    waiting = true;
    delay(() => {
      waiting = false;
      if (stale) compileSoon();
    });
  };
  const store = createStore<DerivedState & DerivedActions>(() => ({
    ...derive(document.getState().design),
    setData: (found) => {
      data = found;
      compileNow();
    },
    flush: () => {
      if (stale) compileNow();
    },
  }));
  document.subscribe(({ key, design }, before) => {
    if (key !== before.key) compileNow();
    else if (design !== before.design && !onlyMoved(design, before.design)) compileSoon();
  });
  return store;
}

/** Where nodes stand and what is written beside them changes nothing that is computed. */
function onlyMoved(design: Design, before: Design): boolean {
  if (design.wires !== before.wires || design.blocks !== before.blocks) return false;
  if (design.training !== before.training || design.data !== before.data || design.name !== before.name) return false;
  if (design.nodes.length !== before.nodes.length) return false;
  return design.nodes.every((node, at) => {
    const was = before.nodes[at];
    if (node === was) return true;
    if (!was) return false;
    return (
      node.id === was.id &&
      node.name === was.name &&
      node.layer === was.layer &&
      node.block === was.block &&
      node.times === was.times &&
      node.params === was.params &&
      node.weightsOf === was.weightsOf
    );
  });
}

function derivedFrom(compiled: Compiled): DerivedState {
  const problems = new Map<string, Diagnostic[]>();
  for (const diagnostic of compiled.diagnostics) {
    const id = diagnostic.node?.split('/')[0];
    if (id === undefined) continue;
    problems.set(id, [...(problems.get(id) ?? []), diagnostic]);
  }
  const errors = compiled.diagnostics.filter(({ severity }) => severity === 'error').length;
  return {
    compiled,
    layers: new Map(compiled.layers.map((row) => [row.id, row])),
    problems,
    errors,
    warnings: compiled.diagnostics.length - errors,
  };
}
