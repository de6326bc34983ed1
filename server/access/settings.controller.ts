import { Body, Controller, Get, Header, Headers, Patch, Res } from '@nestjs/common';
import type { Response } from 'express';
import { changeSettings, settings, type ChangeSettings, type Settings } from '../contract/access.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns } from '../http/returns.js';
import { Allow, Who } from './allow.js';
import type { Principal } from './principal.js';
import { SettingsService } from './settings.service.js';

/** Currency, time zone, fiscal year, thresholds and discount rate of the enterprise. */
@Controller('settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get()
  @Allow('settings.read')
  @Header('Cache-Control', 'no-store') // the current period moves on without a new version, so the ETag is for If-Match only
  @Returns(settings)
  async read(@Res({ passthrough: true }) response: Response): Promise<Settings> {
    return tagged(response, await this.settings.read());
  }

  @Patch()
  @Allow('settings.write')
  @Returns(settings)
  async change(
    @Who() principal: Principal,
    @Body({ schema: changeSettings }) given: ChangeSettings,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Settings> {
    return tagged(response, await this.settings.change(principal, matchedVersion(ifMatch), given));
  }
}

const tagged = (response: Response, shown: Settings): Settings => {
  response.setHeader('ETag', etagOf(shown.version));
  return shown;
};
