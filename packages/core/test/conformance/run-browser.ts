import { type Report, runSuite } from './suite.ts'

/** The report, for the test that imports this module into a page. */
export const report: Promise<Report> = runSuite('Chromium')
