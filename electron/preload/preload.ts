/** All that a window gets from outside its sandbox: one channel of messages, and dropped files by way of their paths. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { StudioBridge } from '../../shared/ipc/studioBridge';
import { pathOfFile } from '../main/runtime';

const bridge: StudioBridge = {
  send: (message) => ipcRenderer.send('studio', message),
  onMessage(listener) {
    const hear = (_event: unknown, message: unknown): void => listener(message);
    ipcRenderer.on('studio', hear);
    return () => void ipcRenderer.off('studio', hear);
  },
  // The path comes from the file that the user dropped: a script cannot make one up.
  drop(files) {
    const paths = files.slice(0, 100).map((file) => pathOfFile(file, webUtils));
    ipcRenderer.send(
      'studio-drop',
      paths.filter((path) => path !== ''),
    );
  },
};

contextBridge.exposeInMainWorld('netloom', bridge);
