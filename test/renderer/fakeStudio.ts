/** A studio whose main process is a table of answers, which keeps what it was asked. */
import { connectContract } from '../../shared/ipc/connectContract';
import type { EventName, PayloadOf, RequestName, RequestOf, ResponseOf } from '../../shared/ipc/define';
import { emptyDesign, type Design } from '../../shared/design/schema';
import { studioContract, type StudioContract } from '../../shared/ipc/studio';
import type { OpenedDocument } from '../../shared/ipc/studio/documentSchemas';
import { settingsSchema, type Settings } from '../../shared/ipc/studio/settingsSchema';
import type { Json } from '../../shared/messages/define';
import { createStudio } from '../../renderer/state/createStudio';
import type { Studio } from '../../renderer/state/studio';

type Answers = {
  [Name in RequestName<StudioContract>]?: (
    payload: RequestOf<StudioContract, Name>,
  ) => ResponseOf<StudioContract, Name>;
};

export interface FakeStudio {
  studio: Studio;
  /** Requests so far, of one name. */
  asked: <Name extends RequestName<StudioContract>>(name: Name) => RequestOf<StudioContract, Name>[];
  emit: <Name extends EventName<StudioContract>>(event: Name, payload: PayloadOf<StudioContract, Name>) => void;
}

interface Question {
  call: number;
  name: RequestName<StudioContract>;
  payload: unknown;
}

/** What has no answer is answered with `{}`, or fails where that is no answer. */
export function fakeStudio(
  answers: Answers = {},
  platform: Studio['facts']['platform'] = 'linux',
  settings: Partial<Settings> = {},
): FakeStudio {
  const questions: Question[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const client = connectContract(
    studioContract,
    {
      send(message) {
        const question = structuredClone(message) as Question;
        questions.push(question);
        const answer = answers[question.name] as ((payload: unknown) => unknown) | undefined;
        queueMicrotask(() => {
          try {
            hear({ reply: question.call, value: answer ? answer(question.payload) : {} });
          } catch (error) {
            hear({ reply: question.call, failure: { code: 'x', message: (error as Error).message } });
          }
        });
      },
      onMessage: (listener) => (hear = listener),
    },
    { errorOf: ({ message }) => new Error(message), onRefused: ({ message }) => expectNone(message) },
  );
  const studio = createStudio(client, {
    document: null,
    settings: settingsSchema.parse({ language: 'en', ...settings }),
    recent: [],
    samples: [],
    platform,
    systemLanguage: 'en-GB',
    versions: { netloom: '1', electron: '2', chromium: '3', node: '4' },
    problems: [],
  });
  return {
    studio,
    asked: (name) =>
      questions
        .filter((one) => one.name === name)
        .map(({ payload }) => payload as RequestOf<StudioContract, typeof name>),
    emit: (event, payload) => hear({ event, payload }),
  };
}

function expectNone(message: string): never {
  throw new Error(`a message was refused: ${message}`);
}

export function openedDocument(
  design: Design = emptyDesign('net'),
  more: Partial<OpenedDocument> = {},
): OpenedDocument {
  const plain = JSON.parse(JSON.stringify(design)) as Json;
  return { key: 'k', design: plain, file: '/home/a.netloom', origin: 'file', unsaved: false, recovered: null, ...more };
}

/** Lets answers arrive. */
export async function answered(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
