import { request } from 'undici';
import { expect, it } from 'vitest';
import type { ServiceUrl } from 'langsmith/sandbox';
import { has, type Stage } from './sdk';

const port = 8091;

export function linkSuite(stage: Stage): void {
  it('a download link gives one file to whoever has it', async () => {
    const { client, box } = stage;
    await box.write('/root/report.txt', 'the report');
    const link = await box.generateDownloadURL('/root/report.txt', { expiresInSeconds: 60 });
    expect(Date.parse(link.expires_at ?? '')).toBeGreaterThan(Date.now());
    const reply = await fetch(link.download_url);
    expect([reply.status, await reply.text()]).toEqual([200, 'the report']);
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment/);
    const inline = await client.generateDownloadURL(box.name, '/root/report.txt', {
      contentType: 'text/html',
      contentDisposition: 'inline',
    });
    expect(inline.expires_at).toBeNull();
    const shown = await fetch(inline.download_url);
    await shown.body?.cancel();
    expect(shown.headers.get('content-type')).toMatch(/^text\/html/);
    const altered = await fetch(inline.download_url.slice(0, -4));
    await altered.body?.cancel();
    expect(altered.status).toBe(403);
  });

  it.runIf(has(stage.sdk, 'SandboxClient', 'serviceUrl'))(
    'a service answers at its URL, and only with its token',
    async () => {
      const { client, box } = stage;
      await box.run(`mkdir -p /srv/www && echo served > /srv/www/page && httpd -p ${port} -h /srv/www`);
      const options = { port, embedOrigins: ['https://page.example.com'] };
      const service = (await client.serviceUrl(box.name, options)) as ServiceUrl;
      const reply = await service.fetch('/page');
      expect([reply.status, await reply.text()]).toEqual([200, 'served\n']);
      expect(await service.token()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(Date.parse(await service.expiresAt())).toBeGreaterThan(Date.now());
      expect(service.embedOrigins).toEqual(options.embedOrigins);
      expect(new URL(await service.embedUrl()).hash).not.toBe('');
      const url = new URL('page', await service.serviceUrl());
      const refused = await fetch(url);
      await refused.body?.cancel();
      expect(refused.status).toBe(401);
      const { host, port: serverPort, pathname, search } = new URL(await service.browserUrl());
      // A browser knows where names below localhost lead; the system's resolver may not.
      const server = `http://127.0.0.1:${serverPort}`;
      const shown = await request(`${server}${pathname}${search}`, { headers: { host } });
      await shown.body.dump();
      const cookie = String(shown.headers['set-cookie']).split(';')[0] ?? '';
      const withCookie = await request(`${server}/page`, { headers: { host, cookie } });
      expect(await withCookie.body.text()).toBe('served\n');
    },
  );

  it.runIf(has(stage.sdk, 'SandboxClient', 'serviceUrl'))(
    'a URL behind a login is refused with the reason',
    async () => {
      const login = stage.client.serviceUrl(stage.box.name, { port, access: 'workspace' });
      await expect(login).rejects.toThrow(/local|login/i);
    },
  );
}
