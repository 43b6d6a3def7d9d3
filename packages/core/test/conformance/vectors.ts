import differential from '../vectors/differential.json' with { type: 'json' }
import golden from '../vectors/golden.json' with { type: 'json' }

/** One service of a raw 007 token; which members it has depends on the type. */
export interface VectorService {
  readonly type: number
  readonly privileges: readonly (readonly [id: number, value: number])[]
  readonly channel: string
  readonly uid?: number
  readonly account?: string
  readonly userId: string
  readonly room: string
  readonly user: string
  readonly role: number
  readonly permissions: readonly (readonly [number, number, readonly string[]])[]
}

/** Which answer the reference implementations agree on. */
interface Answer {
  readonly id: string
  /** The token; of 007 only in `differential.json`, as one of many forms. */
  readonly token?: string
  /** The expanded content of a 007 token. */
  readonly inflatedHex?: string
}

interface Project {
  readonly appId: string
  readonly appCertificate: string
}

/** A raw 006 token. */
export interface Vector006 extends Answer {
  readonly request: Project & {
    readonly op: 'build'
    readonly version: '006'
    readonly channel: string
    readonly uid?: number
    readonly account?: string
    readonly salt: number
    readonly ts: number
    readonly privileges: readonly (readonly [id: number, value: number])[]
  }
}

/** A raw 007 token. */
export interface Vector007 extends Answer {
  readonly request: Project & {
    readonly op: 'build'
    readonly version: '007'
    readonly salt: number
    readonly issueTs: number
    readonly expire: number
    readonly services: readonly VectorService[]
  }
}

/** A key from before 006; which members its request has depends on the version. */
export interface OldVector extends Answer {
  readonly token: string
  readonly request: Project & {
    readonly op: 'build'
    readonly version: '001' | '002' | '003' | '004' | '005' | 'signaling'
    readonly channel: string
    readonly account: string
    readonly uid: number
    readonly salt: number
    readonly unixTs: number
    readonly expiredTs: number
    readonly service?: 'media' | 'recording' | 'public' | 'inchannel'
    readonly permission?: number
  }
}

/** A call of a reference builder: `family.function`. */
export interface BuilderVector extends Answer {
  readonly request: {
    readonly op: 'builder'
    readonly version?: never
    readonly fn: string
    readonly args: readonly [
      appId: string,
      appCertificate: string,
      channelOrUser: string,
      ...rest: (string | number)[],
    ]
    readonly salt: number
    readonly now: number
  }
}

/** A request and its answer. */
export type Vector = Vector006 | Vector007 | OldVector | BuilderVector

/** All rows of both files, which bundlers put into the program: no runtime has to read a file. */
export const VECTORS: readonly Vector[] = [
  ...golden.cases,
  ...differential.cases,
] as unknown as readonly Vector[]
