# Another program that uses a card: holds it in a transaction until its standard input ends.
# usage: perl rival.pl READER SHARED|EXCLUSIVE LEAVE|RESET    prints "held" once it has the card
use strict;
use warnings;
use Chipcard::PCSC;

my ($reader, $share, $at_the_end) = @ARGV;
my %share = (SHARED => $Chipcard::PCSC::SCARD_SHARE_SHARED, EXCLUSIVE => $Chipcard::PCSC::SCARD_SHARE_EXCLUSIVE);
my %at_the_end = (LEAVE => $Chipcard::PCSC::SCARD_LEAVE_CARD, RESET => $Chipcard::PCSC::SCARD_RESET_CARD);

$| = 1;
my $context = Chipcard::PCSC->new() or die $Chipcard::PCSC::errno;
my $card = Chipcard::PCSC::Card->new($context, $reader, $share{$share}) or die $Chipcard::PCSC::errno;
$card->BeginTransaction() or die $Chipcard::PCSC::errno;
print "held\n";
<STDIN>;
$card->EndTransaction($at_the_end{$at_the_end});
$card->Disconnect($Chipcard::PCSC::SCARD_LEAVE_CARD);
