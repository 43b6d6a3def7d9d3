// What a page without a build step gets as `RtcToken`: enough for a call with agora-rtc-sdk-ng.
export { rtcNg } from '../src/adapters/rtc-ng.ts'
export { createRenewer, httpSource } from '../src/index.ts'
