/** A view on the screen of a phone. */
interface View {
  readonly tag: number
  readonly name: string
  readonly props: Readonly<Record<string, unknown>>
  /** What React knows it by. */
  readonly instance: object
  readonly children: View[]
}

type Dispatch = (instance: object | null, event: string, payload: object) => void

/** Stands in for the native half of React Native's renderer (Fabric), and for the user in front of it. */
export class PhoneScreen {
  #root: readonly View[] = []
  #dispatch: Dispatch = () => {}

  /** What the JavaScript half finds as `nativeFabricUIManager`. */
  readonly uiManager = {
    createNode: (tag: number, name: string, _: number, props: View['props'], instance: object) => {
      return { tag, name, props, instance, children: [] } satisfies View
    },
    cloneNodeWithNewChildren: (view: View, children: readonly View[] = []) => {
      return { ...view, children: [...children] }
    },
    cloneNodeWithNewProps: (view: View, props: View['props']) => {
      return { ...view, props: { ...view.props, ...props } }
    },
    cloneNodeWithNewChildrenAndProps: (view: View, ...rest: readonly object[]) => {
      const children = rest.find(Array.isArray) ?? []
      return { ...view, children: [...children], props: { ...view.props, ...rest.at(-1) } }
    },
    createChildSet: (): View[] => [],
    appendChild: (parent: View, child: View) => void parent.children.push(child),
    appendChildToSet: (set: View[], child: View) => void set.push(child),
    completeRoot: (_: number, set: readonly View[]) => void (this.#root = set),
    registerEventHandler: (dispatch: Dispatch) => void (this.#dispatch = dispatch),
    unstable_DefaultEventPriority: 32,
    unstable_DiscreteEventPriority: 2,
    unstable_getCurrentEventPriority: () => 2,
  }

  /** Which React asks of an event's target. */
  readonly parentOf = ({ tag }: View): object | null => {
    const holds = ({ children }: View) => children.some((child) => child.tag === tag)
    return this.#all().find(holds)?.instance ?? null
  }

  /** All that can be read. */
  get text(): string {
    return textIn(this.#root)
  }

  /** Touches the button with this title. */
  press(title: string): void {
    const is = (view: View) =>
      view.props['accessibilityRole'] === 'button' && textIn([view]) === title.toUpperCase()
    this.#dispatch(this.#find(is), 'topClick', {})
  }

  /** Writes into the field that says this while it is empty. */
  type(placeholder: string, text: string): void {
    const field = this.#find(({ props }) => props['placeholder'] === placeholder)
    this.#dispatch(field, 'topChange', { text, eventCount: 1 })
  }

  #find(is: (view: View) => boolean): object {
    const found = this.#all().find(is)
    if (!found) throw new Error(`The screen says ${this.text}`)
    return found.instance
  }

  #all(): readonly View[] {
    return allIn(this.#root)
  }
}

function allIn(views: readonly View[]): readonly View[] {
  return views.flatMap((view) => [view, ...allIn(view.children)])
}

function textIn(views: readonly View[]): string {
  const words = allIn(views).filter(({ name }) => name === 'RCTRawText')
  return words.map(({ props }) => String(props['text'])).join(' ')
}
