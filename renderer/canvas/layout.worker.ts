/** The layout engine in a worker of its own: its bundle installs the listener that the other side talks to. */
import 'elkjs/lib/elk-worker.min.js';
