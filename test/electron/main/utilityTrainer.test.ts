/** A utility process dressed as a trainer: what it says, why it ended, and nothing after that. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { utilityPrepare, utilityProcessOf, type Forks } from '../../../electron/main/utilityTrainer';

class Child extends EventEmitter {
  pid = 42;
  stderr = new EventEmitter();
  posted: unknown[] = [];
  killed = false;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

function forked(): { child: Child; forks: Forks; asked: unknown[] } {
  const child = new Child();
  const asked: unknown[] = [];
  const fork = (...given: unknown[]): Child => {
    asked.push(given);
    return child;
  };
  return { child, asked, forks: { fork } as unknown as Forks };
}

describe('a utility process', () => {
  it('carries messages both ways, under its name', () => {
    const { child, forks, asked } = forked();
    const trainer = utilityProcessOf(forks, '/dist/trainer.cjs', 'Netloom trainer')();
    const heard: unknown[] = [];
    trainer.onMessage((message) => heard.push(message));
    const values = Float32Array.of(1, NaN);
    child.emit('message', { event: 'frame', values });
    trainer.send({ call: 1 });
    expect(heard).toEqual([{ event: 'frame', values }]);
    expect(child.posted).toEqual([{ call: 1 }]);
    expect(trainer.pid).toBe(42);
    expect(asked).toMatchObject([['/dist/trainer.cjs', [], { serviceName: 'Netloom trainer' }]]);
  });

  it('says why it ended, with the last lines of its errors, also to who asks late; nothing is sent to it any more', () => {
    const { child, forks } = forked();
    const trainer = utilityProcessOf(forks, '/dist/trainer.cjs', 'Netloom trainer')();
    const reasons: string[] = [];
    trainer.onExit(({ reason }) => reasons.push(reason));
    child.stderr.emit('data', Buffer.from('first\n\nsecond\n'));
    child.emit('exit', 9);
    trainer.onExit(({ reason }) => reasons.push(reason));
    trainer.send({ call: 1 });
    expect(reasons).toEqual(Array(2).fill('exit code 9. It wrote: first | second'));
    expect(child.posted).toEqual([]);
  });

  it('that was ended on purpose says so, whatever its code', () => {
    const { child, forks } = forked();
    const prepare = utilityPrepare(forks, '/dist/prepare.cjs')();
    const reasons: string[] = [];
    prepare.onExit((reason) => reasons.push(reason));
    prepare.kill();
    child.emit('exit', 143);
    expect([child.killed, reasons]).toEqual([true, ['it was ended']]);
  });
});
