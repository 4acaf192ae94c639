/** Words that have a meaning of their own in generated PyTorch code: no name of a drawing becomes one of them. */

/** Keywords and soft keywords of Python 3.10 to 3.14. */
export const pythonKeywords = [
  ...['False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'case', 'class', 'continue', 'def'],
  ...[
    'del',
    'elif',
    'else',
    'except',
    'finally',
    'for',
    'from',
    'global',
    'if',
    'import',
    'in',
    'is',
    'lambda',
    'match',
  ],
  ...['nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'type', 'while', 'with', 'yield', '_'],
];

/** Built-in functions and types that generated code calls, or that a reader takes for themselves. */
export const pythonBuiltins = [
  ...['abs', 'all', 'any', 'bool', 'bytes', 'dict', 'dir', 'enumerate', 'eval', 'exec', 'filter', 'float', 'format'],
  ...['hash', 'help', 'id', 'input', 'int', 'isinstance', 'iter', 'len', 'list', 'map', 'max', 'min', 'next', 'object'],
  ...['open', 'pow', 'print', 'property', 'range', 'repr', 'reversed', 'round', 'set', 'slice', 'sorted', 'str', 'sum'],
  ...['super', 'tuple', 'vars', 'zip', 'self', 'cls'],
];

/** What the module imports. */
export const pytorchModuleNames = ['torch', 'nn', 'F', 'Tensor', 'OrderedDict', 'math'];

/** Attributes of `nn.Module`, `nn.Sequential` and `object` that a member must not hide. */
export const moduleAttributes = [
  ...[
    'T_destination',
    'add_module',
    'append',
    'apply',
    'bfloat16',
    'buffers',
    'call_super_init',
    'children',
    'compile',
  ],
  ...['cpu', 'cuda', 'double', 'dump_patches', 'eval', 'extend', 'extra_repr', 'float', 'forward', 'get_buffer'],
  ...[
    'get_extra_state',
    'get_parameter',
    'get_submodule',
    'half',
    'insert',
    'ipu',
    'load_state_dict',
    'modules',
    'mtia',
  ],
  ...[
    'named_buffers',
    'named_children',
    'named_modules',
    'named_parameters',
    'parameters',
    'pop',
    'register_backward_hook',
  ],
  ...['register_buffer', 'register_forward_hook', 'register_forward_pre_hook', 'register_full_backward_hook'],
  ...['register_full_backward_pre_hook', 'register_load_state_dict_post_hook', 'register_load_state_dict_pre_hook'],
  ...['register_module', 'register_parameter', 'register_state_dict_post_hook', 'register_state_dict_pre_hook'],
  ...['requires_grad_', 'set_extra_state', 'set_submodule', 'share_memory', 'state_dict', 'to', 'to_empty', 'train'],
  ...['training', 'type', 'xpu', 'zero_grad', 'self'],
];

/** What train.py has beside the model's class. */
export const scriptNames = ['Path', 'np', 'math', 'safetensors', 'Model', 'DataLoader', 'TensorDataset', 'Data', 'Any'];

/** Functions and variables of train.py, and the helpers that definitions bring along. */
export const scriptVariables = [
  ...['accuracy', 'batches', 'binary_cross_entropy', 'compute_loss', 'confusion_matrix', 'count', 'data', 'describe'],
  ...[
    'cross_entropy_of_probabilities',
    'device',
    'evaluate',
    'field',
    'fields',
    'file',
    'files',
    'load_data',
    'loaded',
  ],
  ...['load_model', 'loss', 'macro_f1', 'main', 'make_optimizer', 'make_schedule', 'mean', 'means', 'measure', 'model'],
  ...[
    'name',
    'np',
    'optimizer',
    'part',
    'pick_device',
    'results',
    'safetensors',
    'schedule',
    'share',
    'total',
    'update',
  ],
  ...['top_k_accuracy', 'train_epoch', 'value', 'warm_up_and_cosine'],
];
