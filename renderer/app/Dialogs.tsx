/** At most one dialog is open: what has to be asked goes before what the user looks up. */
import type { ReactNode } from 'react';
import { EnginesDialog } from '../engines/EnginesDialog';
import { useStudioState } from '../state/StudioContext';
import { AboutDialog } from './AboutDialog';
import { ClosingDialog } from './ClosingDialog';
import { CommandPalette } from './CommandPalette';
import { ConflictDialog } from './ConflictDialog';
import { SettingsDialog } from './SettingsDialog';
import { ShortcutsDialog } from './ShortcutsDialog';

export function Dialogs(): ReactNode {
  const dialog = useStudioState('view', (state) => state.dialog);
  const closing = useStudioState('view', (state) => state.closing);
  const contested = useStudioState('files', (state) => state.contested);
  if (contested !== null) return <ConflictDialog file={contested} />;
  if (closing) return <ClosingDialog training={closing.training} />;
  if (dialog === 'settings') return <SettingsDialog />;
  if (dialog === 'engines') return <EnginesDialog />;
  if (dialog === 'shortcuts') return <ShortcutsDialog />;
  if (dialog === 'about') return <AboutDialog />;
  if (dialog === 'commands') return <CommandPalette />;
  return null;
}
