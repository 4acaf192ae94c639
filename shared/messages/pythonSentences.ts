/** What is said of a Python and of what is installed in it. */

/** What follows the name of a program or of an environment. */
export const pythonPredicates = {
  isFolder: 'is a folder; name the program in it, such as {example}',
  notThere: 'is not there',
  leadsNowhere: 'leads to a program that is no longer there',
  notOnPath: 'is not on the PATH',
  mayNotStart: 'may not be started (the system says EACCES: check its permissions)',
  couldNotStart: 'could not be started ({cause})',
  noAnswer: 'did not answer within {seconds} s',
  floods: 'is no Python: it writes without end',
  endedSaying: 'is no Python: it ended with exit code {code} and said "{line}"',
  endedMute: 'is no Python: it ended with exit code {code} and said nothing',
  killedSaying: 'is no Python: it was ended by {signal} and said "{line}"',
  killedMute: 'is no Python: it was ended by {signal} and said nothing',
  tooOld: 'is Python {version}; {least} or newer is needed',
  otherVersion: 'is Python {version}; {wanted} is needed',
  thirtyTwoBits: '(Python {version}) is of 32 bits; 64 are needed',
  lacks: '(Python {version}) lacks {packages}',
  lacksVenv: '(Python {version}) lacks the module venv or ensurepip',
  damaged: 'is damaged: its Python {why}',
  lacksPackages: 'lacks {packages}',
  installed: 'is installed in {folder}',
  missing: 'is not installed',
  installing: 'is being installed by another process',
  outdated: 'was installed by another version of Netloom, with other packages',
  unfinished: 'was not installed to the end',
  unfinishedBecause: 'was not installed to the end: {why}',
} as const;

export const pythonSentences = {
  named:
    'NETLOOM_PYTHON names {name}, which {why}. Name a Python {least} or newer that has {packages}, or unset NETLOOM_PYTHON and run "{command}".',
  none: '{purpose} needs a Python {least} or newer with {packages}; none was found: {looked}. Install one for Netloom alone with "{command}", or name yours in NETLOOM_PYTHON.',
  training: 'Training with PyTorch',
  checking: 'Checking code for {targets}',
  ownEnvironment: "Netloom's own environment {why}",
  ownEnvironmentNamed: "Netloom's own environment {name} {why}",
  oneOf: 'one of {packages}',
  newerPackage: '{name} {least} or newer (it has {version})',
  searchCancelled: 'Looking for a Python was cancelled.',

  namedBase: 'NETLOOM_PYTHON names {name}, which {why}. Name a Python {versions}, or unset NETLOOM_PYTHON.',
  noBaseDebian:
    'Python is there, but cannot make environments. Run once: sudo apt install python3-venv, then run the same command again. Looked at: {looked}.',
  noVenv:
    'A Python to make an environment with cannot make environments: its modules venv and ensurepip are missing. Install Python {versions} from python.org or your system, or uv (docs.astral.sh/uv), then run the same command again. Looked at: {looked}.',
  noBase:
    'A Python to make an environment with was not found. Install Python {versions} from python.org or your system, or uv (docs.astral.sh/uv), then run the same command again. Looked at: {looked}.',
  otherMachine:
    'Not everything of {holds} is published for this machine ({machine}), only for {machines}. Where you have a Python with these packages, name it in NETLOOM_PYTHON.',
} as const;
