//! The requests that need a card. Each runs as a task: it may have to wait for a card, for another program, for a person.

use std::sync::Arc;

use protocol::{
    challenge::Origin,
    event::{Event, Step},
    failure::Failure,
    label::Label,
    method::{Method, Reply, Request},
    reading::{AuthenticationReading, FaceReading},
    reply::{CardKind, CardStatus, TriesLeft},
    request::{Authenticate, Counted, ReadFace},
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    bridge::Bridge,
    card::operation,
    reader::{
        Channel,
        lane::{Client, Place},
    },
    server::connection::Message,
};

/// One of them.
pub(in crate::server) enum CardRequest {
    Status,
    TriesLeft(Counted),
    Certificate,
    Authenticate(Authenticate),
    Face(ReadFace),
}

impl TryFrom<Request> for CardRequest {
    type Error = Request;

    /// Errors: the request itself, when it needs no card.
    fn try_from(request: Request) -> Result<Self, Request> {
        match request {
            Request::GetCardStatus(_) => Ok(Self::Status),
            Request::GetTriesLeft(get) => Ok(Self::TriesLeft(get.of)),
            Request::ReadCertificate(_) => Ok(Self::Certificate),
            Request::Authenticate(authenticate) => Ok(Self::Authenticate(authenticate)),
            Request::ReadFace(face) => Ok(Self::Face(face)),
            other => Err(other),
        }
    }
}

impl CardRequest {
    pub(in crate::server) const fn method(&self) -> Method {
        match self {
            Self::Status => Method::GetCardStatus,
            Self::TriesLeft(_) => Method::GetTriesLeft,
            Self::Certificate => Method::ReadCertificate,
            Self::Authenticate(_) => Method::Authenticate,
            Self::Face(_) => Method::ReadFace,
        }
    }
}

/// A request on its way.
pub(in crate::server) struct Errand {
    pub(in crate::server) bridge: Arc<Bridge>,
    pub(in crate::server) origin: Origin,
    pub(in crate::server) client: Client,
    pub(in crate::server) id: u64,
    pub(in crate::server) stop: CancellationToken,
    pub(in crate::server) results: mpsc::Sender<Message>,
}

impl Errand {
    pub(in crate::server) async fn run(self, request: CardRequest) -> Result<Reply, Failure> {
        let reader = self.bridge.hub.selected()?;
        match request {
            CardRequest::Status => self.status(reader).await.map(Reply::GetCardStatus),
            CardRequest::TriesLeft(of) => {
                let tries_left = self.now(&reader, move |channel| operation::tries_left(channel, of)).await?;
                Ok(Reply::GetTriesLeft(TriesLeft { of, tries_left }))
            }
            CardRequest::Certificate => {
                let now = self.bridge.ambient.now();
                self.now(&reader, move |channel| operation::certificate(channel, now)).await.map(Reply::ReadCertificate)
            }
            CardRequest::Authenticate(request) => self.authenticate(&reader, request).await.map(Reply::Authenticate),
            CardRequest::Face(request) => self.face(&reader, request).await.map(Reply::ReadFace),
        }
    }

    async fn status(&self, reader: Label) -> Result<CardStatus, Failure> {
        let card = match self.now(&reader, operation::kind).await {
            Err(Failure::NoCard) => CardKind::Absent,
            Err(Failure::NotMyNumberCard) => CardKind::Other,
            other => other?,
        };
        Ok(CardStatus { reader, card })
    }

    async fn authenticate(&self, reader: &Label, request: Authenticate) -> Result<AuthenticationReading, Failure> {
        let place = self.card(reader).await?;
        let (origin, nonce) = (self.origin.clone(), request.nonce);
        let now = self.bridge.ambient.now();
        let mut progress = self.progress();
        let work = move |channel: &mut dyn Channel| {
            operation::authenticate(channel, &request, &origin, now, &mut |step, percent| progress(step, percent))
        };
        let (card, signature) = self.work(place, reader, work).await?;
        let signed = AuthenticationReading::signed_bytes(&card, &signature, &self.origin, &nonce);
        Ok(AuthenticationReading { card, signature, terminal: self.bridge.sign(&signed)? })
    }

    async fn face(&self, reader: &Label, request: ReadFace) -> Result<FaceReading, Failure> {
        let place = self.card(reader).await?;
        let nonce = request.nonce;
        let now = self.bridge.ambient.now();
        let mut progress = self.progress();
        let work = move |channel: &mut dyn Channel| {
            operation::face(channel, &request, now, &mut |step, percent| progress(step, percent))
        };
        let operation::Face { attributes, photo, expiry } = self.work(place, reader, work).await?;
        let signed = FaceReading::signed_bytes(&attributes, &photo, &expiry, &self.origin, &nonce);
        Ok(FaceReading { attributes, photo, expiry, terminal: self.bridge.sign(&signed)? })
    }

    /// Work on the card that lies there now. Errors: `no_card` when none does.
    async fn now<T: Send + 'static>(
        &self,
        reader: &Label,
        work: impl FnOnce(&mut dyn Channel) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        if !self.bridge.hub.card_on(reader)? {
            return Err(Failure::NoCard);
        }
        let place = self.bridge.lanes.enter(self.client, reader)?;
        self.work(place, reader, work).await
    }

    /// Work at the reader. What finds the card gone tells the hub: PC/SC may notice only after the next request came.
    async fn work<T: Send + 'static>(
        &self,
        place: Place,
        reader: &Label,
        work: impl FnOnce(&mut dyn Channel) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let hub = &self.bridge.hub;
        let changes = hub.changes_on(reader);
        let mut result = self.bridge.lanes.run(place, reader, &self.stop, work).await;
        // Not the reader's fault when there is another card by now.
        if matches!(result, Err(Failure::ReaderFault)) && hub.changes_on(reader) != changes {
            result = Err(Failure::CardPulled);
        }
        if matches!(result, Err(Failure::CardPulled | Failure::NoCard)) {
            hub.card_left(reader, changes);
        }
        result
    }

    /// A place at the reader, once a card lies on it.
    async fn card(&self, reader: &Label) -> Result<Place, Failure> {
        let place = self.bridge.lanes.enter(self.client, reader)?;
        if !self.bridge.hub.card_on(reader)? {
            self.progress()(Step::WaitingForCard, 0);
        }
        let patience = self.bridge.lanes.patience().card;
        tokio::select! {
            laid = tokio::time::timeout(patience, self.bridge.hub.card_laid_on(reader)) => match laid {
                Ok(laid) => laid.map(|()| place),
                Err(_) => Err(Failure::NoCard),
            },
            () = self.stop.cancelled() => Err(Failure::Cancelled),
        }
    }

    /// Reports how far this request is. A page too slow to read it misses a step, never the answer.
    fn progress(&self) -> impl FnMut(Step, u8) + Send + 'static {
        let (results, request) = (self.results.clone(), self.id);
        move |step, percent| {
            let _ = results.try_send(Message::Progress(Event::Progress { request, step, percent }));
        }
    }
}
