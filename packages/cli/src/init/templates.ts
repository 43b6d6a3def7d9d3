/** The files of `examples` by their paths with `/`. The bundler inserts them. */
declare const TEMPLATES: Readonly<Record<string, Files>>

/** Files by their paths with `/`. */
export type Files = Readonly<Record<string, string>>

/** An app to start from. */
export interface Template {
  readonly name: string
  /** One line that describes it. */
  readonly about: string
  readonly files: Files
}

/** Every template, by name. */
export const templates: readonly Template[] = Object.entries(TEMPLATES).map(([name, files]) => {
  const { description }: { readonly description: string } = JSON.parse(files['package.json']!)
  return { name, about: description, files }
})

export const TEMPLATE_NAMES: readonly string[] = templates.map(({ name }) => name)
