// The store in one folder: SQLite in its own thread, bodies encrypted. Implements the gateway's Store port.
export { openStore } from './open-store.ts';
