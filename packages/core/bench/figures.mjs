// docs/figures.json: every measured figure of the documents, with its command and machine. Benches write theirs here and
// into the document; tools/repo-checks holds the documents to this file.

import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { replaceBetween, table } from './report.mjs'

const ROOT = new URL('../../../', import.meta.url)
const FILE = new URL('docs/figures.json', ROOT)

export function readFigures() {
  return JSON.parse(readFileSync(FILE, 'utf8'))
}

/** As the file is written: a row, and any other array of strings, on a line of its own. */
export function figuresText(figures) {
  const lines = /\[\n\s+("[^\n]*",?\n\s+)*("[^\n]*"\n\s+)\]/g
  const text = JSON.stringify(figures, undefined, 2)
  return `${text.replaceAll(lines, (array) => array.replaceAll(/\n\s+/g, ' '))}\n`
}

/**
 * Keeps what a command has measured, and shows it in a document between `<!-- bench NAME -->` and `<!-- end -->`.
 *
 * @param place.document from the root of the repository
 * @param measured.text a note, tables, or both, apart by blank lines
 */
export function writeFigures({ document, name }, { command, text }) {
  const figures = readFigures()
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`
  const rest = figures.sections.filter((one) => one.document !== document || one.name !== name)
  const section = { document, name, command, machine, ...partsOf(text) }
  writeFileSync(FILE, figuresText({ ...figures, sections: [...rest, section].toSorted(byPlace) }))
  const path = new URL(document, ROOT)
  writeFileSync(path, replaceBetween(readFileSync(path, 'utf8'), name, sectionText(section)))
}

/** A section as it stands in its document. */
export function sectionText({ note, tables }) {
  const texts = tables.map(({ head, rows }) => table(head, rows))
  return [note, ...texts].filter(Boolean).join('\n\n')
}

function partsOf(text) {
  const parts = text.split('\n\n')
  const tables = parts.filter((part) => part.startsWith('|')).map(tableOf)
  return { note: parts.filter((part) => !part.startsWith('|')).join('\n\n'), tables }
}

function tableOf(text) {
  const [head, , ...rows] = text.split('\n').map(cellsOf)
  return { head, rows }
}

function cellsOf(line) {
  const cells = line.split('|').slice(1, -1)
  return cells.map((cell) => cell.trim())
}

function byPlace(a, b) {
  return `${a.document} ${a.name}` < `${b.document} ${b.name}` ? -1 : 1
}
