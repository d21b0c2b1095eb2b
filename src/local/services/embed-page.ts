import { tokenHeader } from './forwarded-headers';

/**
 * What `embed_url` opens: no server and no Referer sees the token in its fragment. The page swaps it for a cookie and
 * goes where `redirect` says, within its own origin.
 */
export function embedPage(nonce: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Opening…</title><body></body>
<script nonce="${nonce}">
const parts = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, '', location.pathname);
const target = new URL(parts.get('redirect') || '/', location.origin);
const headers = { '${tokenHeader}': parts.get('token') || '' };
fetch('/_svc/auth', { method: 'POST', headers }).then(async (reply) => {
  if (reply.ok && target.origin === location.origin) location.replace(target);
  else document.body.textContent = reply.ok ? 'This link leads elsewhere.' : (await reply.json()).detail.message;
});
</script>`;
}
