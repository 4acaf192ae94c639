/** The window's end of the contract with the main process. */
import type { Client } from '../../shared/ipc/connectContract';
import type { StudioContract } from '../../shared/ipc/studio';

export type StudioClient = Client<StudioContract>;
