/** Keeps code true to the drawing: what has changed settles first, then only what is shown is written, and that once. */
import { serialiseDesign } from '../../shared/design/serialiseDesign';
import type { Design } from '../../shared/design/schema';
import { targets, type Target } from '../../shared/ir/emit/emission';
import type { Studio } from '../state/studio';
import type { Wanted, Written } from './writtenCode';

/** `code` is null where the drawing does not compile. */
export interface Followed {
  code: { target: Target; written: Written } | null;
  /** How many layers have no twin there; a target that was not asked yet is missing. */
  lacking: Readonly<Partial<Record<Target, number>>>;
}

export interface Tools {
  write: (target: Target, wanted: Wanted) => Written;
  hash: (text: string) => Promise<string>;
  /** Calls the work a moment later. */
  later: (work: () => void) => void;
}

type Followable = Pick<Studio, 'document' | 'derived' | 'exporting' | 'settings' | 'facts'>;

/** Tells what is shown whenever it has changed, and after it, one a moment, whether the other targets have every layer. */
export function followDrawing(studio: Followable, tools: Tools, tell: (followed: Followed) => void): () => void {
  const { document, derived, exporting, settings } = studio;
  let ended = false;
  let waiting = false;
  let round = 0;
  let shown: { target: Target; wanted: Wanted; code: Followed['code'] } | null = null;
  /** The targets that have answered for the program that is shown. */
  let answered = new Set<Target>();
  let lacking: Followed['lacking'] = {};
  const hashOf = rememberLast(tools.hash);

  const settle = async (): Promise<void> => {
    waiting = false;
    round += 1;
    const own = round;
    // Drawing and program of one moment: a compile that waits for its frame would make a second round of this one.
    derived.getState().flush();
    const { design, file } = document.getState();
    const { program } = derived.getState().compiled;
    const { target } = exporting.getState();
    const { opset } = settings.getState().settings;
    const hash = await hashOf(design);
    if (ended || own !== round) return;
    if (!program) {
      shown = null;
      lacking = {};
      return tell({ code: null, lacking });
    }
    const source = { file: file?.replace(/^.*[\\/]/, '') ?? `${design.name}.netloom`, hash };
    const wanted: Wanted = { program, source, opset, version: studio.facts.versions.netloom };
    if (shown?.target === target && sameWanted(shown.wanted, wanted)) return;
    const known = shown?.wanted.program === program;
    if (!known) answered = new Set();
    const code = { target, written: tools.write(target, wanted) };
    shown = { target, wanted, code };
    answer(target, code.written);
    if (!known) askOthers(wanted);
  };

  const answer = (target: Target, written: Written): void => {
    answered.add(target);
    lacking = { ...lacking, [target]: countOf(written) };
    tell({ code: shown?.code ?? null, lacking });
  };

  /** Whether a target has every layer depends on the program: it is not asked again for another name or hash. */
  const askOthers = (wanted: Wanted): void => {
    tools.later(() => {
      const target = targets.find((each) => !answered.has(each));
      if (ended || target === undefined || shown?.wanted.program !== wanted.program) return;
      answer(target, tools.write(target, wanted));
      askOthers(wanted);
    });
  };

  const changed = (): void => {
    if (waiting || ended) return;
    waiting = true;
    tools.later(() => void settle());
  };
  const subscriptions = [
    document.subscribe(({ design, file }, before) => {
      if (design !== before.design || file !== before.file) changed();
    }),
    derived.subscribe(({ compiled }, before) => compiled.program !== before.compiled.program && changed()),
    exporting.subscribe(({ target }, before) => target !== before.target && changed()),
    settings.subscribe(({ settings: { opset } }, before) => opset !== before.settings.opset && changed()),
  ];
  void settle();
  return () => {
    ended = true;
    for (const unsubscribe of subscriptions) unsubscribe();
  };
}

function sameWanted(a: Wanted, b: Wanted): boolean {
  return (
    a.program === b.program && a.opset === b.opset && a.source.file === b.source.file && a.source.hash === b.source.hash
  );
}

function countOf(written: Written): number {
  return 'obstacles' in written ? written.obstacles.length : 0;
}

/** Of the design as it would be saved. */
function rememberLast(hash: Tools['hash']): (design: Design) => Promise<string> {
  let last: { design: Design; hash: Promise<string> } | null = null;
  return (design) => {
    if (last?.design !== design) last = { design, hash: hash(serialiseDesign(design)) };
    return last.hash;
  };
}
