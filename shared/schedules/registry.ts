/** The closed list of schedules: one line a schedule. */
import { createRegistry } from '../ir/registry';
import { constant } from './constant';
import { cosine } from './cosine';
import { plateau } from './plateau';
import { step } from './step';

export const scheduleRegistry = createRegistry([constant, step, cosine, plateau]);
