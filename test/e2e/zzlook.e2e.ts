/** Private look. */
import { it } from 'vitest';
import { launch } from './support/launch';
it('look', async () => {
  const a = await launch({ sample: 'digits-resnet', theme: 'light' });
  await a.page.waitForTimeout(2500);
  await a.page.screenshot({ path: '/tmp/look-resnet.png' });
  await a.kill();
  const b = await launch({ theme: 'dark' });
  await b.page.waitForTimeout(1500);
  await b.page.screenshot({ path: '/tmp/look-welcome.png' });
  console.log(b.errors, a.errors);
  await b.kill();
});
