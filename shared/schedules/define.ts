/** The door through which a schedule enters the library: its schema's types are checked where it is written. */
import type { ScheduleDefinition } from '../ir/trainingDefinitions';
import type { ParamSchema } from '../ir/params';

export function defineSchedule<Schema extends ParamSchema>(definition: ScheduleDefinition<Schema>): ScheduleDefinition {
  return definition as unknown as ScheduleDefinition;
}
