/** What of the window is seen, and how it looks. */
import type { Settings } from '../../shared/ipc/studio/settingsSchema';
import type { Studio } from '../state/studio';
import type { DockTab } from '../state/viewStore';
import { titled, type Action } from './action';
import { appActionStrings as words } from './appActionStrings';

type Words = (typeof words)['en'];
const title = (pick: (one: Words) => string): Action['title'] => titled(words, pick);
const isOpen = ({ document }: Studio): boolean => document.getState().key !== null;
const settingsOf = ({ settings }: Studio): Settings => settings.getState().settings;

type Panel = 'paletteOpen' | 'inspectorOpen' | 'dockOpen';

function panelAction(id: string, panel: Panel, shortcut: string, pick: (one: Words) => string): Action {
  return {
    id,
    title: title(pick),
    menu: 'view',
    group: 'panels',
    shortcuts: [shortcut],
    enabled: isOpen,
    checked: (studio) => settingsOf(studio).panels[panel],
    run: (studio) => {
      const { panels } = settingsOf(studio);
      studio.settings.getState().change({ panels: { ...panels, [panel]: !panels[panel] } });
    },
  };
}

function tabAction(tab: DockTab, shortcut: string): Action {
  return {
    id: `view.${tab}`,
    title: title((one) => one[tab]),
    menu: 'view',
    group: 'dock',
    shortcuts: [shortcut],
    enabled: isOpen,
    run: (studio) => {
      studio.view.getState().showDock(tab);
      const { panels } = settingsOf(studio);
      if (!panels.dockOpen) studio.settings.getState().change({ panels: { ...panels, dockOpen: true } });
    },
  };
}

function choiceAction<Name extends 'theme' | 'language' | 'wheel'>(
  id: string,
  name: Name,
  value: Settings[Name],
  pick: (one: Words) => string,
): Action {
  return {
    id,
    title: title(pick),
    menu: name === 'wheel' ? 'view' : null,
    group: 'canvas options',
    checked: (studio) => settingsOf(studio)[name] === value,
    run: ({ settings }) => settings.getState().change({ [name]: value }),
  };
}

function switchAction(id: string, name: 'minimap' | 'snapToGrid', pick: (one: Words) => string): Action {
  return {
    id,
    title: title(pick),
    menu: 'view',
    group: 'canvas options',
    checked: (studio) => settingsOf(studio)[name],
    run: (studio) => studio.settings.getState().change({ [name]: !settingsOf(studio)[name] }),
  };
}

export const viewActions: readonly Action[] = [
  panelAction('view.palette', 'paletteOpen', 'Mod+Alt+P', ({ showPalette }) => showPalette),
  panelAction('view.inspector', 'inspectorOpen', 'Mod+Alt+I', ({ showInspector }) => showInspector),
  panelAction('view.dock', 'dockOpen', 'Mod+J', ({ showDock }) => showDock),
  tabAction('training', 'Mod+Shift+1'),
  tabAction('runs', 'Mod+Shift+2'),
  tabAction('problems', 'Mod+Shift+3'),
  tabAction('code', 'Mod+Shift+4'),
  switchAction('view.minimap', 'minimap', ({ minimap }) => minimap),
  switchAction('view.snapToGrid', 'snapToGrid', ({ snapToGrid }) => snapToGrid),
  choiceAction('view.wheelZooms', 'wheel', 'zoom', ({ wheelZooms }) => wheelZooms),
  choiceAction('view.wheelScrolls', 'wheel', 'scroll', ({ wheelScrolls }) => wheelScrolls),
  choiceAction('view.themeSystem', 'theme', 'system', ({ themeSystem }) => themeSystem),
  choiceAction('view.themeLight', 'theme', 'light', ({ themeLight }) => themeLight),
  choiceAction('view.themeDark', 'theme', 'dark', ({ themeDark }) => themeDark),
  choiceAction('view.languageSystem', 'language', 'system', ({ languageSystem }) => languageSystem),
  choiceAction('view.languageEnglish', 'language', 'en', ({ languageEnglish }) => languageEnglish),
  choiceAction('view.languageChinese', 'language', 'zh-CN', ({ languageChinese }) => languageChinese),
];
