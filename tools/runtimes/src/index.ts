/**
 * The JavaScript runtimes that the packages are tested on, as programs to start.
 *
 * @module
 */
export { findRuntime, missingRuntime, type RuntimeName } from './find-runtime.ts'
export { type ProgramOptions, type ProgramRuntime } from './program-command.ts'
export { runProgram } from './run-program.ts'
export { type RunningProgram, startProgram } from './start-program.ts'
export { serveWorker, type ServedWorker, type WorkerOptions } from './serve-worker.ts'
