/**
 * One token source for all sessions of a page, and for all tabs of an app.
 *
 * @module
 */
export { type BatchRequest, servicesOf } from './batch-request.ts'
export { browserTabs } from './browser-tabs.ts'
export { createSharedSource, type SharedSource, type SharedSourceOptions } from './shared-source.ts'
export type { TabPorts } from './tab-relay.ts'
