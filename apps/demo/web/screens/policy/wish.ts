/** The wish as it stands in the form. */
export interface Wish {
  readonly person: 'hana' | 'sam' | 'lin' | 'ben' | 'olga' | 'stranger'
  readonly channel: string
  readonly role: 'none' | 'subscriber' | 'publisher'
  readonly ttl: string
  readonly services: 'rtc' | 'rtc,rtm' | 'rtm'
  /** A uid or an account; blank leaves it to the policy. */
  readonly identity: string
  readonly proof: 'none' | 'last'
}

/** What the form holds at first. */
export const FIRST_WISH: Wish = {
  person: 'sam',
  channel: 'tenant-acme-stage',
  role: 'publisher',
  ttl: '',
  services: 'rtc',
  identity: '',
  proof: 'none',
}

/** Makes the body of the request; what is blank stays away. `lastGrant` is a fingerprint. */
export function bodyOf(wish: Wish, lastGrant: string | undefined): Record<string, unknown> {
  const { channel, role, ttl, services, identity, proof } = wish
  return {
    ...(channel !== '' && { channel }),
    ...identityOf(identity),
    ...(role !== 'none' && { role }),
    ...(ttl !== '' && { ttl: numberOr(ttl) }),
    ...(services !== 'rtc' && { services: services.split(',') }),
    ...(proof === 'last' && lastGrant !== undefined && { previousToken: lastGrant }),
  }
}

function identityOf(text: string): Record<string, unknown> {
  if (text === '') return {}
  const value = numberOr(text)
  return typeof value === 'number' ? { uid: value } : { account: value }
}

function numberOr(text: string): number | string {
  return /^-?\d+$/.test(text) ? Number(text) : text
}
