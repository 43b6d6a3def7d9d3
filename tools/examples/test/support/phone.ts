import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { NativeEmitter } from './native-emitter.ts'
import type { PhoneEngine } from './phone-engine.ts'
import { expoFetchModule } from './phone-fetch.ts'
import { PhoneScreen } from './phone-screen.ts'

type Callable = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** An app that runs as on an Android phone. */
export interface Phone {
  readonly screen: PhoneScreen
  /** What the app has reported as an error. */
  readonly errors: readonly string[]
  /** The permissions that it has asked the user for. */
  readonly asked: readonly string[]
  /** The URLs of its requests. */
  readonly sent: readonly string[]
  /** The user puts the app away, or takes it up again. */
  readonly put: (state: 'background' | 'active') => void
}

const SIZE = { width: 400, height: 800, scale: 1, fontScale: 1, densityDpi: 160 }
const WIFI = { type: 'wifi', isConnected: true, isInternetReachable: true, details: {} }

/**
 * Runs the bundle of an app: the JavaScript of React Native, Expo and the SDK as a phone would run it. Of
 * their native halves there is what the app needs, in the shape of the new architecture.
 */
export function startPhone(bundle: string, engine: PhoneEngine): Phone {
  const screen = new PhoneScreen()
  const [errors, asked, sent]: [string[], string[], string[]] = [[], [], []]
  const callables = new Map<string, () => Callable>()
  const call = (module: string, method: string, ...args: readonly unknown[]) => {
    const callable = callables.get(module)?.()
    callable?.[method]?.(...args)
  }
  const emit = (name: string, payload: object) =>
    call('RCTDeviceEventEmitter', 'emit', name, payload)
  const modules = {
    ...machineModules(screen),
    AgoraRtcNg: {
      ...LISTENABLE,
      ...engine.moduleFor((event) => emit('AgoraRtcNg:onEvent', event)),
    },
    ExceptionsManager: {
      reportException: ({ message }: { readonly message: string }) => void errors.push(message),
    },
    PermissionsAndroid: {
      requestPermission: async (permission: string) => {
        asked.push(permission)
        return 'granted'
      },
    },
  }
  const global = createContext({
    ...engineGlobals(),
    RN$Bridgeless: true,
    RN$registerCallableModule: (name: string, get: () => Callable) => callables.set(name, get),
    nativeFabricUIManager: screen.uiManager,
    nativeModuleProxy: modules,
    expo: {
      EventEmitter: NativeEmitter,
      NativeModule: NativeEmitter,
      SharedObject: NativeEmitter,
      SharedRef: NativeEmitter,
      modules: { ExpoFetchModule: expoFetchModule(sent), ExpoAsset: {}, ExponentConstants: {} },
    },
  })
  Object.assign(global, { global })
  runInContext(readFileSync(bundle, 'utf8'), global, { filename: bundle })
  call('AppRegistry', 'runApplication', 'main', { rootTag: 1, initialProps: {}, fabric: true })
  return {
    screen,
    errors,
    asked,
    sent,
    put: (app_state) => emit('appStateDidChange', { app_state }),
  }
}

const LISTENABLE = { addListener: () => {}, removeListeners: () => {} }

/** What Hermes and React Native's native half put into the global scope. */
function engineGlobals(): object {
  const frame = (act: (time: number) => void) => setTimeout(() => act(performance.now()), 16)
  return {
    atob,
    btoa,
    console,
    queueMicrotask,
    TextEncoder,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    requestAnimationFrame: frame,
    cancelAnimationFrame: clearTimeout,
    nativePerformanceNow: () => performance.now(),
  }
}

function machineModules(screen: PhoneScreen): object {
  const version = { major: 0, minor: 88, patch: 1, prerelease: null }
  return {
    AppState: {
      ...LISTENABLE,
      getConstants: () => ({ initialAppState: 'active' }),
      getCurrentAppState: (tell: (state: object) => void) => tell({ app_state: 'active' }),
    },
    DeviceEventManager: { invokeDefaultBackPressHandler: () => {} },
    DeviceInfo: {
      getConstants: () => ({
        Dimensions: { windowPhysicalPixels: SIZE, screenPhysicalPixels: SIZE },
      }),
    },
    FileReaderModule: {},
    ImageLoader: {},
    NativeDOMCxx: { linkRootNode: () => ({}), getParentNode: screen.parentOf },
    NativeIdleCallbacksCxx: { requestIdleCallback: setImmediate },
    NativeMicrotasksCxx: { queueMicrotask },
    NativePerformanceCxx: { getEventCounts: () => [], now: () => performance.now() },
    // Each flag has its default.
    NativeReactNativeFeatureFlagsCxx: {},
    PlatformConstants: {
      getConstants: () => ({ isTesting: false, Version: 35, reactNativeVersion: version }),
    },
    RNCNetInfo: { ...LISTENABLE, configure: () => {}, getCurrentState: async () => WIFI },
    SourceCode: { getConstants: () => ({ scriptURL: 'file:///app' }) },
    Vibration: {},
  }
}
