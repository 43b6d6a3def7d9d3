/** A port of a service. */
interface ServicePort {
  readonly port: number
  readonly protocol: 'TCP' | 'UDP' | 'SCTP'
  readonly name?: string
}

const ADDRESS = '10.96.12.7'

/** The variables that Kubernetes gives every container for a service of its namespace. */
export function serviceVariables(
  service: string,
  ports: readonly ServicePort[],
): Readonly<Record<string, string>> {
  const name = service.toUpperCase().replaceAll('-', '_')
  const [{ port, protocol }] = ports as readonly [ServicePort]
  const named = ports.filter((each) => each.name !== undefined)
  return {
    [`${name}_SERVICE_HOST`]: ADDRESS,
    [`${name}_SERVICE_PORT`]: String(port),
    ...Object.fromEntries(
      named.map((each) => [`${name}_SERVICE_PORT_${each.name?.toUpperCase()}`, String(each.port)]),
    ),
    [`${name}_PORT`]: `${protocol.toLowerCase()}://${ADDRESS}:${port}`,
    ...Object.assign({}, ...ports.map((each) => portVariables(name, each))),
  }
}

function portVariables(service: string, { port, protocol }: ServicePort): Record<string, string> {
  const prefix = `${service}_PORT_${port}_${protocol}`
  return {
    [prefix]: `${protocol.toLowerCase()}://${ADDRESS}:${port}`,
    [`${prefix}_PROTO`]: protocol.toLowerCase(),
    [`${prefix}_PORT`]: String(port),
    [`${prefix}_ADDR`]: ADDRESS,
  }
}
