/** What differs between workers. @internal */
export interface WorkerConfig {
  /** Names in the worker's `env`; the values are files beside the configuration. */
  readonly names: readonly string[]
  readonly compatibilityDate: string
  readonly compatibilityFlags: readonly string[]
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Writes the configuration of a workerd that serves `worker.js` on a free port of loopback, in the
 * language of Cap'n Proto. Values go into files, so that none has to be quoted here. @internal
 *
 * @throws {TypeError} when a name would have to be quoted
 */
export function workerConfig(config: WorkerConfig): string {
  const { names, compatibilityDate, compatibilityFlags } = config
  const wrong = [...names, ...compatibilityFlags].find((name) => !NAME.test(name))
  if (wrong !== undefined)
    throw new TypeError(`a name of letters and digits expected, got ${wrong}`)
  const bindings = names.map((name) => `(name = "${name}", text = embed "${name}.txt")`)
  const flags = compatibilityFlags.map((flag) => `"${flag}"`)
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${compatibilityDate}",
  compatibilityFlags = [${flags.join(', ')}],
  bindings = [${bindings.join(', ')}],
);
`
}
