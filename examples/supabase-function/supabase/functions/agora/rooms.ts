export interface Rooms {
  /** The caller's seat in a room, or undefined where the caller is no member. */
  seat(room: string, signal: AbortSignal): Promise<{ speaks: boolean } | undefined>
}

/** Reads the table `member` with the caller's own JWT, so that row-level security decides. */
export function supabaseRooms(url: string, apikey: string): (request: Request) => Rooms {
  return (request) => {
    const headers = { apikey, authorization: request.headers.get('authorization') ?? '' }
    return {
      async seat(room, signal) {
        const query = new URLSearchParams({ select: 'speaks', room: `eq.${room}` })
        const response = await fetch(`${url}/rest/v1/member?${query}`, { headers, signal })
        if (!response.ok) throw new Error(`Supabase answered ${response.status} for the seat`)
        const [seat] = await response.json()
        return seat
      },
    }
  }
}
