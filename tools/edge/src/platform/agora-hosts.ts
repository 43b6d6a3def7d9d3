const SUFFIXES = ['.agora.io', '.sd-rtn.com', '.agoraio.cn']

/** Tells whether a host name is one the SDK talks to by itself. */
export function isAgoraHost(host: string): boolean {
  return SUFFIXES.some((suffix) => host.endsWith(suffix))
}
