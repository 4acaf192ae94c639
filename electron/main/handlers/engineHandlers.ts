/** What a window may ask about engines: which work, what an installation would do, doing it, and text for a bug report. */
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import { forgetChoices } from '../../services/engines/rememberedChoices';
import type { StudioContext } from '../studioContext';

type Asked = 'engines' | 'installPlan' | 'install' | 'cancelInstallation' | 'forgetChoices' | 'engineDiagnostics';

export function engineHandlers({
  engines,
  home,
}: Pick<StudioContext, 'engines' | 'home'>): Pick<Handlers<StudioContract>, Asked> {
  return {
    async engines({ fresh }) {
      return { engines: await engines.states(fresh) };
    },
    installPlan: ({ name }) => engines.plan(name),
    install({ name, anew }) {
      engines.install(name, anew);
      return {};
    },
    cancelInstallation({ name }) {
      engines.cancel(name);
      return {};
    },
    forgetChoices() {
      forgetChoices(home);
      return {};
    },
    async engineDiagnostics() {
      return { text: await engines.diagnostics() };
    },
  };
}
