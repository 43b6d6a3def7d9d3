type Listener = (...args: readonly unknown[]) => void

/** What Expo's native modules and shared objects have in common. */
export class NativeEmitter {
  readonly #listeners = new Map<string, Set<Listener>>()

  addListener(name: string, listener: Listener): { remove: () => void } {
    const all = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, all.add(listener))
    return { remove: () => all.delete(listener) }
  }

  release(): void {
    this.#listeners.clear()
  }
}
