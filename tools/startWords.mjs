/** What `npm start` was told, and what about this machine forbids a window. */

/** `{terminal, testRuntime, files, training}`, or `{problem}`. Options of training need the terminal. */
export function readWords(words) {
  const terminal = words.includes('--terminal');
  const testRuntime = words.includes('--test-runtime');
  const others = words.filter((word) => word !== '--terminal' && word !== '--test-runtime');
  if (terminal) return { terminal, testRuntime, files: [], training: others };
  const option = others.find((word) => word.startsWith('-'));
  if (!option) return { terminal, testRuntime, files: others, training: [] };
  return {
    problem: `npm start does not know ${option}. It takes design files, --test-runtime and --terminal; after --terminal whatever "netloom train" takes, such as: npm start -- --terminal --epochs 3`,
  };
}

/** One sentence, or null where nothing that can be seen beforehand is in the way. */
export function whyNoWindow({ platform, userId, environment }) {
  if (platform !== 'linux') return null;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY) {
    return 'No window: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).';
  }
  if (userId === 0) {
    return "No window: Chromium's sandbox, which keeps a window's page away from your files, cannot shut in root. Start Netloom as an ordinary user to get the window.";
  }
  return null;
}
