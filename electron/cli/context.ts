/** What every command is handed: where things are, how a trainer is started, and the terminal. */
import { join } from 'node:path';
import { netloomHome } from '../files/home';
import { assetsFolder } from '../services/data/assetsFolder';
import type { DataPlaces } from '../services/data/dataSource';
import { childPrepare, type SpawnPrepare } from '../services/data/prepareData';
import { childTrainer } from '../services/training/childTrainer';
import type { SpawnTrainer } from '../services/training/trainerHost';
import { styleOf, type Style } from './display/style';
import { processTerminal, type Terminal } from './display/terminal';

export interface Context {
  home: string;
  spawn: SpawnTrainer;
  prepare: SpawnPrepare;
  /** The bundle that runs exported folders of TensorFlow.js; unless told, the one beside this. */
  runExported?: string;
  /** For data that is named on the command line: files count from the working folder. */
  places: DataPlaces;
  terminal: Terminal;
  style: Style;
  /** Calls back on Ctrl+C and on a request to end; returns how to stop listening. */
  onInterrupt: (listener: () => void) => () => void;
}

/** `folder`: where the bundles are; the trainer's stands beside the command's. */
export function processContext(folder: string): Context {
  const terminal = processTerminal();
  const home = netloomHome();
  const mirror = process.env.NETLOOM_MIRROR || null;
  return {
    home,
    spawn: childTrainer(join(folder, 'trainer.cjs')),
    prepare: childPrepare(join(folder, 'prepare.cjs')),
    places: { home, folder: process.cwd(), assets: assetsFolder(), mirror },
    terminal,
    style: styleOf(terminal.colour),
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}
