/** Builds the pages into `dist/web`: every script, style and worklet is a file, as the Content-Security-Policy demands. */
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { mediaChromeSheets } from './media-chrome-sheets.ts';
import { noScript } from './no-script.ts';
import { packedFiles } from './packed-files.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The server's pretty addresses, for `vite` as a development server. */
function pageAddresses(): Plugin {
  return {
    name: 'gridcast-page-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = /^\/(r|watch|admin|shared|contacts|sign-in)(?=[/?]|$)/.exec(request.url ?? '')?.[1];
        if (page) request.url = `/${page === 'r' ? 'room' : page}.html`;
        next();
      });
    },
  };
}

/** One for each custom element. */
const ELEMENTS = ['embed/room.ts', 'embed/player.ts', 'embed/chat.ts'];

export default defineConfig({
  root: here('.'),
  plugins: [pageAddresses(), mediaChromeSheets(), noScript(), packedFiles()],
  worker: { format: 'es' },
  // Relative to the script that names them, not to the page it runs in: that may be on another site.
  experimental: { renderBuiltUrl: (_file, { hostType }) => (hostType === 'js' ? { relative: true } : undefined) },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    // hls.js of 590 kB and the player's controls are one piece, loaded on the viewer's page alone.
    chunkSizeWarningLimit: 800,
    target: 'es2022',
    // A data: address would be refused by the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [
        'index.html',
        'room.html',
        'watch.html',
        'admin.html',
        'shared.html',
        'contacts.html',
        'sign-in.html',
        'missing.html',
        ...ELEMENTS,
      ].map(here),
      output: {
        // Pages of other sites name the elements by an address that stays.
        entryFileNames: ({ facadeModuleId }) =>
          facadeModuleId?.startsWith(here('embed/')) === true ? 'embed/[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/hls': 'http://127.0.0.1:8080',
      '/readyz': 'http://127.0.0.1:8080',
      '/ws': { target: 'ws://127.0.0.1:8080', ws: true },
    },
  },
});
