import { Body, Controller, Delete, Get, Header, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Config } from '../config.js';
import { session, signIn, type SessionInfo, type SignIn } from '../contract/access.js';
import { CONFIG } from '../http/config.token.js';
import { forbidden } from '../http/problem.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { Allow, Public, Who } from './allow.js';
import type { Principal } from './principal.js';
import { giveSessionCookie, sessionSecretOf, takeSessionCookie } from './session-cookie.js';
import { sessionInfo, SessionsService } from './sessions.service.js';

/** Sign in, who am I, sign out. */
@Controller('session')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Public()
  @Header('Cache-Control', 'no-store')
  @Returns(session)
  async signIn(
    @Body({ schema: signIn }) given: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionInfo> {
    const former = sessionSecretOf(request, this.config.publicUrl);
    const { secret, principal } = await this.sessions.signIn(given, former);
    giveSessionCookie(response, this.config.publicUrl, secret);
    return sessionInfo(principal);
  }

  @Get()
  @Allow('session.read')
  @Header('Cache-Control', 'no-store')
  @Returns(session)
  whoAmI(@Who() principal: Principal): SessionInfo {
    return sessionInfo(principal);
  }

  @Delete()
  @Allow('session.read')
  @ReturnsNothing()
  async signOut(@Who() principal: Principal, @Res({ passthrough: true }) response: Response): Promise<void> {
    if (principal.via !== 'session')
      throw forbidden('A token has no session to end. Revoke it with DELETE /tokens/:id.');
    await this.sessions.signOut(principal);
    takeSessionCookie(response, this.config.publicUrl);
  }
}
