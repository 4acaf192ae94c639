/** Counts what the canvas renders, as React itself tells its developer tools, and which elements change. */
import type { Page } from 'playwright-core';

export interface Rendered {
  /** Renderings of nodes and wires, by their ids. */
  nodes: Record<string, number>;
  wires: Record<string, number>;
  /** Ids of the nodes and wires in whose elements anything changed. */
  changed: string[];
}

/** What React shows of its tree: https://github.com/facebook/react/tree/main/packages/react-devtools-shared */
interface Fiber {
  alternate: Fiber | null;
  child: Fiber | null;
  sibling: Fiber | null;
  flags: number;
  memoizedProps: { id?: unknown; data?: { node?: unknown; wire?: unknown } } | null;
  type: unknown;
}

interface Counting extends Window {
  __REACT_DEVTOOLS_GLOBAL_HOOK__?: unknown;
  rendered: Rendered;
  endCounting?: () => void;
}

/** Before the window's page is loaded (again): React looks for its developer tools once. */
export async function listenToReact(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const own = window as unknown as Counting;
    own.rendered = { nodes: {}, wires: {}, changed: [] };
    const performedWork = 1;
    const count = (fiber: Fiber): void => {
      const id = String(fiber.memoizedProps?.id);
      const data = fiber.memoizedProps?.data;
      // Functions, plain or remembered: those that got the data of a node or wire are its faces.
      if (typeof fiber.type === 'string' || !data || (fiber.flags & performedWork) === 0) return;
      const of = data.node ? own.rendered.nodes : data.wire ? own.rendered.wires : null;
      if (of) of[id] = (of[id] ?? 0) + 1;
    };
    const walk = (fiber: Fiber): void => {
      const before = fiber.alternate;
      if (!before || before.memoizedProps !== fiber.memoizedProps || before.child !== fiber.child) count(fiber);
      if (before && before.child === fiber.child) return;
      for (let child = fiber.child; child; child = child.sibling) walk(child);
    };
    own.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_renderer: number, root: { current: Fiber }) => walk(root.current),
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      checkDCE: () => undefined,
    };
  });
  await page.reload();
}

/** Forgets what was rendered before; the function returned ends the counting and says what was rendered since. */
export async function countRenders(page: Page): Promise<() => Promise<Rendered>> {
  await page.evaluate(() => {
    const own = window as unknown as Counting;
    own.rendered = { nodes: {}, wires: {}, changed: [] };
    const changed = new Set<string>();
    const watcher = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const found = element?.closest('.react-flow__node, .react-flow__edge')?.getAttribute('data-id');
        if (typeof found === 'string') changed.add(found);
      }
    });
    const surface = document.querySelector('.react-flow__viewport');
    if (surface) watcher.observe(surface, { subtree: true, childList: true, attributes: true, characterData: true });
    own.endCounting = () => {
      watcher.disconnect();
      own.rendered.changed = [...changed].sort();
    };
  });
  return () =>
    page.evaluate(() => {
      const own = window as unknown as Counting;
      own.endCounting?.();
      return own.rendered;
    });
}
