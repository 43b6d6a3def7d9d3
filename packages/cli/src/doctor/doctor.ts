import type { Host } from '../arguments/host.ts'
import type { Arguments } from '../arguments/read-arguments.ts'
import { drawFindings, worstFirst } from '../output/finding.ts'
import { exitOf, type Outcome } from '../output/outcome.ts'
import { type Line, line, span } from '../output/screen.ts'
import { examineEndpoint } from './endpoint/examine.ts'
import { checkNode, checkPackages } from './packages.ts'
import { Report } from './report.ts'
import { checkVariables } from './variables.ts'

/** `rtc-token doctor`: checks this machine and project, or an endpoint. */
export async function doctor(args: Arguments, host: Host): Promise<Outcome> {
  const report = new Report()
  const [url] = args.positionals
  if (url !== undefined)
    return outcomeOf(report, await examineEndpoint(url, args, host, report), host.width)
  checkNode(report, process.versions.node)
  checkVariables(report, host)
  checkPackages(report, host.cwd)
  return outcomeOf(report, {}, host.width)
}

function outcomeOf(report: Report, data: object, width: number): Outcome {
  const findings = worstFirst(report.findings)
  const title = ['All is well.', 'Faults were found.', 'No faults, but there are warnings.'][
    exitOf(findings)
  ]!
  const screen: Line[] = [
    line(span(title, 'strong')),
    line(),
    ...report.draw(width),
    ...(findings.length > 0 ? [line(), ...drawFindings(findings, width)] : []),
  ]
  return { command: 'doctor', data: { ...data, checks: report.checks }, findings, screen }
}
