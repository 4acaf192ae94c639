/** What is said while an environment is made: the step that is done, and why it could not be done. */

export const installSteps = {
  beginning: 'beginning',
  making: 'making an environment',
  asking: 'asking for {build}',
  largeInstead: "PyTorch's own package index cannot be reached, taking its large build from the usual one",
  usualInstead:
    "PyTorch's own package index cannot be reached, taking what the usual one has, which may not run on this graphics card",
  finding: 'finding out which packages are needed',
  downloading: 'downloading {file} ({size})',
  downloadingRest: 'downloading what else is needed',
  unpacking: 'unpacking',
  unpackingMany: 'unpacking {count} packages, which may take minutes',
  resolved: '{count} packages resolved',
  prepared: '{count} packages prepared',
  put: '{count} packages installed',
  trying: 'trying what was installed',
  waiting: 'waiting for {who}, which installs the same',
  otherProcess: 'another process',
  process: 'process {pid}',
} as const;

/** What is installed, whom it serves, and by which names people call it. */
export const environmentWords = {
  verifyHolds: 'PyTorch, Keras with TensorFlow, ONNX and ONNX Runtime',
  verifyPurpose: 'that checks exported code by running it',
  enginePurpose: 'for the engine {name}',
  smallTorch: 'the small build of PyTorch',
  metalTorch: 'the build of PyTorch for Metal',
  cudaTorch: 'the build of PyTorch for CUDA {version}',
  environment: 'A Python environment',
} as const;

export const installFailures = {
  cancelled: 'The installation was cancelled. What was downloaded is kept: "{command}" goes on.',
  trialCancelled: 'The installation was cancelled.',
  waitCancelled: 'Waiting for the installation was cancelled.',
  tooSmall:
    'There is too little room for {folder}: the installation needs {needed} on that disk, {free} are free. Free space there, or move Netloom\'s home to another disk with NETLOOM_HOME, then run "{command}" again.',
  diskFull:
    'The disk is full: {what} could not be put into {folder}. Free space on that disk, or move Netloom\'s home to another one with NETLOOM_HOME, then run "{command}" again.',
  noNetwork:
    '{what} could not be downloaded ({said}). Check the network and pip\'s settings for proxy and package index, then run "{command}" again.',
  notAllowed:
    '{what} could not be put into {folder} ({said}). Check the permissions of that folder, or move Netloom\'s home with NETLOOM_HOME, then run "{command}" again.',
  noBuild:
    'The package index has no fitting build of {what} ({said}). Check that your package index has them for this system and this Python, or use another Python (NETLOOM_PYTHON), then run "{command}" again.',
  notStarted:
    '{what} could not be installed: the installer did not start ({cause}). Run "{command}" again to repair it.',
  exitCode:
    '{what} could not be installed: the installer ended with exit code {code} ({said}). Run "{command}" again to repair it.',
  signal:
    '{what} could not be installed: the installer ended with {signal} ({said}). Run "{command}" again to repair it.',
  silent: 'it said nothing',
  incomplete: 'What was installed {why}. Run "{command}" again to repair it.',
  unusable:
    'Everything was installed, but cannot be used on this machine: {said}. Name another Python in NETLOOM_PYTHON, or run "{command}" again.',
  underRun: 'The run {run} is being trained with what would be removed. Stop it first, or wait for its end.',
  nothingToInstall: 'There is nothing to install for "{name}".',
} as const;
