/** Loaded before tfjs-node: Node 23 took `util.isNullOrUndefined` away, which tfjs-node 4.22.0 still calls. */
const util = require('node:util');

util.isNullOrUndefined ??= (value) => value === null || value === undefined;
