import { RTC_PRIVILEGE_IDS } from '../layout/layouts.ts'
import { type PrivilegeIds, type PrivilegeNames, privilegeNames } from '../wire/privilege-map.ts'

/**
 * The ids of the 006 privileges. Agora removed 5 to 12 from its sources in July 2021, and 101 is left only in C++;
 * tokens with them exist.
 */
export const PRIVILEGE_IDS_006: PrivilegeIds = {
  ...RTC_PRIVILEGE_IDS,
  publishAudioCdn: 5,
  publishVideoCdn: 6,
  requestPublishAudioStream: 7,
  requestPublishVideoStream: 8,
  requestPublishDataStream: 9,
  invitePublishAudioStream: 10,
  invitePublishVideoStream: 11,
  invitePublishDataStream: 12,
  administrateChannel: 101,
  rtmLogin: 1000,
}

/** The names of the 006 privileges by id. */
export const PRIVILEGE_NAMES_006: PrivilegeNames = /* @__PURE__ */ privilegeNames(PRIVILEGE_IDS_006)
