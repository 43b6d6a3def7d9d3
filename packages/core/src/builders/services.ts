import {
  type ApaasClaims,
  type ChatClaims,
  type ConvoAiClaims,
  type FcdnClaims,
  type FpaClaims,
  LAYOUTS,
  type RtcClaims,
  type Rtm2Claims,
  type RtmClaims,
  type StreamingClaims,
  type SttClaims,
} from '../layout/layouts.ts'
import { channelText, idText, uidOrAccountText } from './builder-arguments.ts'
import { permissionClaims, Rtm2Permissions } from './rtm2-permissions.ts'
import { Service } from './service.ts'

/** Video and voice calls. The uid 0 admits every user; the string `"0"` is an account. */
export class ServiceRtc extends Service {
  static readonly kPrivilegeJoinChannel = 1
  static readonly kPrivilegePublishAudioStream = 2
  static readonly kPrivilegePublishVideoStream = 3
  static readonly kPrivilegePublishDataStream = 4
  channelName: string
  uid: string

  /** @throws {TokenError} CHANNEL_INVALID or UID_INVALID */
  constructor(channelName: string, uid: number | string) {
    super(LAYOUTS.rtc.type)
    this.channelName = channelText(channelName)
    this.uid = uidOrAccountText(uid)
  }

  override claims(): RtcClaims {
    const { channelName: channel, uid: user, privileges } = this
    return { service: 'rtc', channel, user, privileges }
  }
}

/** Messaging. */
export class ServiceRtm extends Service {
  static readonly kPrivilegeLogin = 1
  userId: string

  /** @throws {TokenError} USER_ID_INVALID */
  constructor(userId: string) {
    super(LAYOUTS.rtm.type)
    this.userId = idText(userId, 'userId')
  }

  override claims(): RtmClaims {
    return { service: 'rtm', userId: this.userId, privileges: this.privileges }
  }
}

/** Pushing streams. The uid 0 admits every user. */
export class ServiceStreaming extends Service {
  static readonly kPrivilegePublishMixStream = 1
  static readonly kPrivilegePublishRawStream = 2
  channelName: string
  account: string

  /** @throws {TokenError} CHANNEL_INVALID or UID_INVALID */
  constructor(channelName: string, account: number | string) {
    super(LAYOUTS.streaming.type)
    this.channelName = channelText(channelName)
    this.account = uidOrAccountText(account)
  }

  override claims(): StreamingClaims {
    const { channelName: channel, account: user, privileges } = this
    return { service: 'streaming', channel, user, privileges }
  }
}

/** Full-path acceleration. */
export class ServiceFpa extends Service {
  static readonly kPrivilegeLogin = 1

  constructor() {
    super(LAYOUTS.fpa.type)
  }

  override claims(): FpaClaims {
    return { service: 'fpa', privileges: this.privileges }
  }
}

/** Chat: for one user; or, with the privilege `kPrivilegeApp` and no user, for your own server. */
export class ServiceChat extends Service {
  static readonly kPrivilegeUser = 1
  static readonly kPrivilegeApp = 2
  userId: string

  /** @throws {TokenError} USER_ID_INVALID */
  constructor(userId = '') {
    super(LAYOUTS.chat.type)
    this.userId = idText(userId, 'userId')
  }

  override claims(): ChatClaims {
    return { service: 'chat', userId: this.userId, privileges: this.privileges }
  }
}

/** Fusion CDN. The uid 0 admits every user. */
export class ServiceFCdn extends Service {
  static readonly kPrivilegePublish = 1
  static readonly kPrivilegePlay = 2
  channelName: string
  account: string

  /** @throws {TokenError} CHANNEL_INVALID or UID_INVALID */
  constructor(channelName: string, account: number | string) {
    super(LAYOUTS.fcdn.type)
    this.channelName = channelText(channelName)
    this.account = uidOrAccountText(account)
  }

  override claims(): FcdnClaims {
    const { channelName: channel, account: user, privileges } = this
    return { service: 'fcdn', channel, user, privileges }
  }
}

/** Flexible classroom. −1 means no role; 0 is a role. */
export class ServiceApaas extends Service {
  static readonly PRIVILEGE_ROOM_USER = 1
  static readonly PRIVILEGE_USER = 2
  static readonly PRIVILEGE_APP = 3
  roomUuid: string
  userUuid: string
  role: number

  /** @throws {TokenError} USER_ID_INVALID */
  constructor(roomUuid = '', userUuid = '', role = -1) {
    super(LAYOUTS.apaas.type)
    this.roomUuid = idText(roomUuid, 'roomUuid')
    this.userUuid = idText(userUuid, 'userUuid')
    this.role = role
  }

  override claims(): ApaasClaims {
    const { roomUuid, userUuid, role, privileges } = this
    return { service: 'apaas', roomUuid, userUuid, role, privileges }
  }
}

/** Messaging with permissions. */
export class ServiceRtm2 extends Service {
  static readonly kPrivilegeLogin = 1
  userId: string
  permissions: Rtm2Permissions

  /** @throws {TokenError} USER_ID_INVALID */
  constructor(userId: string, permissions: Rtm2Permissions = new Rtm2Permissions()) {
    super(LAYOUTS.rtm2.type)
    this.userId = idText(userId, 'userId')
    this.permissions = permissions
  }

  override claims(): Rtm2Claims {
    const permissions = permissionClaims(this.permissions)
    return { service: 'rtm2', userId: this.userId, permissions, privileges: this.privileges }
  }
}

/** Conversational AI; it has no privileges. */
export class ServiceConvoAI extends Service {
  constructor() {
    super(LAYOUTS.convoAI.type)
  }

  override claims(): ConvoAiClaims {
    return { service: 'convoAI', privileges: this.privileges }
  }
}

/** Speech to text; it has no privileges. */
export class ServiceStt extends Service {
  constructor() {
    super(LAYOUTS.stt.type)
  }

  override claims(): SttClaims {
    return { service: 'stt', privileges: this.privileges }
  }
}
