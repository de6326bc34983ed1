import { Body, Controller, Delete, Get, Header, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Allow, Public, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { takeSessionCookie } from '../access/session-cookie.js';
import type { Config } from '../config.js';
import {
  example,
  exampleRemoved,
  removeExample,
  type Example,
  type ExampleRemoved,
  type RemoveExample,
} from '../contract/example.js';
import { CONFIG } from '../http/config.token.js';
import { Returns } from '../http/returns.js';
import { ExampleService } from './example.service.js';
import { ExampleRemoval } from './removal.service.js';
import { SIGN_INS } from './story.js';

/** The example enterprise: is it there, who can look at it; and away with it. */
@Controller('example')
export class ExampleController {
  constructor(
    @Inject(ExampleService) private readonly examples: ExampleService,
    @Inject(ExampleRemoval) private readonly removal: ExampleRemoval,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Public()
  @Header('Cache-Control', 'no-store')
  @Returns(example)
  read(): Promise<Example> {
    return this.examples.read();
  }

  @Delete()
  @Allow('example.remove')
  @Returns(exampleRemoved)
  async remove(
    @Who() who: Principal,
    @Body({ schema: removeExample.prefault({}) }) given: RemoveExample,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExampleRemoved> {
    const removed = await this.removal.remove(who, given.password ?? null);
    if (SIGN_INS.some(({ email }) => email === who.email)) takeSessionCookie(response, this.config.publicUrl);
    return removed;
  }
}
