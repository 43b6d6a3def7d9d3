import { testEndpoint, tokenRequest } from '../support/token-endpoint.ts'
import { type Contract, contractOf } from './contract.ts'
import type { ContractCase } from './contract-case.ts'
import { EVERYTHING_OPEN } from './everything-open.ts'
import { readDocument } from './read-document.ts'

/** A reply, and where the document of the endpoint that sent it describes it. */
export interface Sent {
  readonly contract: Contract
  readonly response: Response
  readonly pointer: string
  readonly text: string
}

const sent = new Map<ContractCase, Promise<Sent>>()

/** Sends the request of a case through `fetch`, once however often it is asked for. */
export function sendCase(row: ContractCase): Promise<Sent> {
  const sending = sent.get(row) ?? send(row)
  sent.set(row, sending)
  return sending
}

async function send(row: ContractCase): Promise<Sent> {
  const { documented = '/v1/tokens', method = 'POST', path = documented, headers = {} } = row
  const { handler } = testEndpoint({ ...(row.isClosed ? {} : EVERYTHING_OPEN), ...row.options })
  await row.before?.(handler)
  const response = await handler.fetch(
    tokenRequest(row.body, { path, method, headers }),
    row.context,
  )
  const contract = contractOf(readDocument(handler))
  const pointer = contract.pointerTo(documented, method, response.status)
  return { contract, response, pointer, text: await response.text() }
}
