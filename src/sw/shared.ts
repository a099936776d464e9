/** Largest share that is taken, bytes. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Keeps what another app shared, as it was posted: a page makes notes of it, now or whenever one is
 * opened next. Answers with the way to the app.
 */
export async function keepShared(
  request: Request,
  scope: string,
  cacheName: string,
): Promise<Response> {
  try {
    const body = await request.blob();
    if (body.size > LARGEST) throw new RangeError('too large');
    const cache = await caches.open(cacheName);
    const type = request.headers.get('content-type') ?? '';
    await cache.put(
      `${scope}shared/${crypto.randomUUID()}`,
      new Response(body, { headers: { 'content-type': type } }),
    );
    return Response.redirect(scope, 303);
  } catch {
    return Response.redirect(`${scope}?start=share-failed`, 303);
  }
}
