/**
 * For authors of adapters: the contract of `SessionAdapter` as checks for any test runner, with a manual clock and
 * a scripted source. The guide: https://rtc-token.github.io/rtc-token/adapters
 *
 * @module
 */
export { adapterContract, type AdapterCheck } from './adapter-contract.ts'
export type { Ability } from './contract-check.ts'
export { contractSession, type ContractSession, type Told } from './contract-session.ts'
export { manualClock, type ManualClock } from './manual-clock.ts'
export {
  scriptedSource,
  type ScriptedSource,
  type ScriptedSourceOptions,
} from './scripted-source.ts'
export type { AdapterUnderTest, Behaviour, GivenToken, SdkDriver } from './sdk-driver.ts'
