/** Lets something be dropped on the window, as the desktop does: the browser itself hands it to the page. */
import type { Studio } from './launch';

interface Dropped {
  /** Paths of files. */
  files: string[];
  items?: { mimeType: string; data: string }[];
}

export async function dropOn({ app, page }: Studio, { files, items = [] }: Dropped): Promise<void> {
  const session = await app.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const event = { x: width / 2, y: height / 2, data: { items, files, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...event });
  }
  await session.detach();
}
