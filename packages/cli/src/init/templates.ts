/** What lies in `examples`, each file by its path with `/`; the bundler puts it here. */
declare const TEMPLATES: Readonly<Record<string, Files>>

/** Files by their paths with `/`. */
export type Files = Readonly<Record<string, string>>

/** An app to start from. */
export interface Template {
  readonly name: string
  /** What it is, in a line. */
  readonly about: string
  readonly files: Files
}

/** Every template, by name. */
export const templates: readonly Template[] = Object.entries(TEMPLATES).map(([name, files]) => {
  const { description }: { readonly description: string } = JSON.parse(files['package.json']!)
  return { name, about: description, files }
})

export const TEMPLATE_NAMES: readonly string[] = templates.map(({ name }) => name)
