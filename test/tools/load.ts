/** The tools are plain JavaScript, because they run before anything is installed: here they get their types. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

export async function loadTool<Exports>(name: string): Promise<Exports> {
  const address = pathToFileURL(join(__dirname, '..', '..', 'tools', name)).href;
  return (await import(address)) as Exports;
}
