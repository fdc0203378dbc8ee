/** A browser without a screen: keeps cookies, posts forms as a page without JavaScript does, follows nothing by itself. */
export class Visitor {
  /** @param {string} origin */
  constructor(origin) {
    this.origin = origin;
    /** @type {Map<string, string>} */
    this.cookies = new Map();
  }

  /** @param {string} path @param {RequestInit} [options] */
  async request(path, options = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', cookie, origin: this.origin, ...options.headers };
    const answer = await fetch(this.origin + path, { ...options, headers, redirect: 'manual', signal: AbortSignal.timeout(15_000) });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const [name, ...value] = pair.split('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value.join('='));
    }
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  }

  /** @param {string} path */
  get(path) {
    return this.request(path);
  }

  /** @param {string} path @param {Record<string, string>} fields @param {string} from the page that posts */
  post(path, fields, from) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', referer: this.origin + from };
    return this.request(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
  }
}
