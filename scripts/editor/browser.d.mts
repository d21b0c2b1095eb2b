import type { BrowserContext } from '@playwright/test';

export function openBrowser(executablePath: string, profile: string): Promise<BrowserContext>;
