/** Submissions. */
import { expect, it } from 'vitest';
import { startEngine } from './engineProcess';
import { sessionFolder } from './sessionFolder';
import { stepsOf, submit, positions, numbers } from './steps';

it('smoke', async () => {
  const engine = startEngine();
  const session = sessionFolder('images');
  console.log(JSON.stringify((await engine.must('hello')).header));
  console.log(JSON.stringify((await engine.must('open', session.open())).header));
  console.log(await submit(engine, stepsOf(0, 3), { ratioEvery: 2 }));
  const ev = await engine.must('evaluate', { part: 'test', full: true, chunk: 8, predictionsTo: session.file('p.st') }, positions([0,1,2,3,4,5,6,7,8,9,10]));
  console.log(ev.header, numbers(ev.payload));
  console.log((await engine.must('save', { to: session.file('s.st') })).header);
  console.log((await engine.must('load', { from: session.file('s.st') })).header);
  console.log((await engine.must('memory')).header);
  console.log((await engine.must('peek', { paths: ['image','stem','blocks/1/relu','mean','output'], part: 'test', mode: 'evaluate', to: session.file('k.st') }, positions([0,1]))).header);
  await engine.must('close');
  expect((await engine.ended).code).toBe(0);
});
